daybook.take("vocabulary",[
"0",
"0"]);

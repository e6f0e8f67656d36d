daybook.take("likes/0",[
"old still none"]);

daybook.take("likes/2",[
"enough"]);

daybook.take("likes/1",[
""]);

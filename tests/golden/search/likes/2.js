daybook.take("likes/2",[""]);

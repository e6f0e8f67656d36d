daybook.take("likes/4",["enough"]);

daybook.take("likes/5",[
"good models reward",
"nobody",
"new week before found marker note read year first late naps",
"late old week"]);

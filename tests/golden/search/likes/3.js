daybook.take("likes/3",[
"models reward pillow year pillows",
"errata second",
"errata",
""]);

daybook.take("likes/6",["models reward pillow year pillows","errata second","errata",""]);

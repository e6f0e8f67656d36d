daybook.take("leaves/-","0 0m");

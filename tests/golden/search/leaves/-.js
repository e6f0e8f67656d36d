daybook.take("leaves/-","0 0j 0w");

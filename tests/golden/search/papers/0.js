daybook.take("papers/0",[
["hep-th/9901001","Strings and Kettles","Tove Lind",0,"1999-01-01",[["worth-reading","Old, short, and still the best account of kettles.","Mara Quill"]]]]);

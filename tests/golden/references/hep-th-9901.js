daybook.refer({
"hep-th-9901001":["lind1999strings","1999-01-01","Strings and Kettles","Lind, Tove","hep-th"]});

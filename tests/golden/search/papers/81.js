daybook.take("papers/81",[
["2701.00003","Early Birds of the New Week","Tove Lind, ANNA BERG",0,"2027-01-04",[["must-read","The first must-read of the year, found before breakfast.","Mara Quill"]]],
["2701.00004","Late Owls of the Old Week","ada ash, شيماء",0,"2027-01-04",[]]]);

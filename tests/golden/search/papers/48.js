daybook.take("papers/48",[
["2511.00001","Pillow Talk for Reward Models","Tove Lind, J. Smith",0,"2025-11-18",[]],
["2511.00002","Errata","Eva Erratum, <i>F.</i> Olio",0,"2025-11-19",[],1]]);

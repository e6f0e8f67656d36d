daybook.take("papers/49",[
["2511.00003","Errata, Withdrawn in Haste","Eva Erratum",0,"2025-11-20",[],1],
["2511.00004","Corrigenda","Eva Erratum",0,"2025-11-20",[]]]);

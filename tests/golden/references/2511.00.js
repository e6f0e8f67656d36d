daybook.refer({
"2511.00001":["lind2025pillow","2025-11-18","Pillow Talk for Reward Models","Lind, Tove and Smith, J.",0],
"2511.00002":["erratum2025errata","2025-11-19","Errata","Erratum, Eva and {<i>F.</i> Olio}","stat.ME",0,["Erratum, Eva","<i>F.</i> Olio"],["stat.ME","cs.HC"],"Withdrawn on 2026-01-02"],
"2511.00003":["erratum2025errata","2025-11-20","Errata, Withdrawn in Haste","Erratum, Eva",0,0,0,0,"Retracted on 2026-05-06"],
"2511.00004":["erratum2025corrigenda","2025-11-20","Corrigenda","Erratum, Eva",0]});

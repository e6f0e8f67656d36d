daybook.take("papers/65",[
["2612.00003","A Cup of Tea Improves Calibration","Jose Garcia, ANNA BERG, Zoë Krállová",0,"2026-12-28",[["worth-reading","A small effect, soberly told.","Björk Þórðardóttir <b>"]]],
["2612.00004","Notes on Nothing","Plato",0,"2026-12-28",[]]]);

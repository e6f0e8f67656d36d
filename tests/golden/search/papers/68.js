daybook.take("papers/68",[
["2612.00009","<b>Tea</b> & Naps: &eacute;tude <i> &notanentity; AT&T","李明, Łukasz Ørsted, Smith",0,"2026-12-31",[]],
["2612.00010","Pillows, Formally","José García, Jose Garcia, Anna Berg",0,"2026-12-31",[["for-specialists","A definition of pillows that pillows satisfy: p ⊂ R^3.","Björk Þórðardóttir <b>"]]]]);

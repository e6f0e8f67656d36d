daybook.take("papers/64",[
["2612.00001","Counting Sheep in O(n log n) Naps","Tove Lind, Anna Berg, José García",0,"2026-12-28",[["must-read","Counts sheep in O(n log n) naps & loses <none>, at the price of a pillow.","Mara Quill"],["caution","The sheep were asleep already: compare with goats.","Björk Þórðardóttir <b>"]]],
["2612.00002","Fences Make Poor Pillows","Anna Berg, Plato",0,"2026-12-28",[],1]]);

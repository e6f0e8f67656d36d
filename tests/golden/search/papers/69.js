daybook.take("papers/69",[
["2612.00011","Bicycle Bells as Weak Supervision","Ada Ash, Tove Lind",0,"2026-12-31",[]],
["2612.00012","Warm Water","王芳, محمد بن سعيد",0,"2026-12-31",[]]]);

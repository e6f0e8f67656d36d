daybook.take("papers/67",[
["2612.00007","On PneumonoultramicroscopicsilicovolcanoconiosisPneumonoultramicroscopicsilicovolcanoconiosisPneumonoultramicroscopicsilicovolcanoconiosisPneumonoultramicroscopicsilicovolcanoconiosis","AverylongunbrokenfamilynameAverylongunbrokenfamilynameAverylongunbrokenfamilynameAverylongunbrokenfamilynameAverylongunbrokenfamilyname X., Plato",0,"2026-12-29",[]],
["2612.00008","القيلولة القصيرة والذاكرة הנמנום הקצר 午睡与记忆","李明, 王芳, محمد بن سعيد",2,"2026-12-29",[]]]);

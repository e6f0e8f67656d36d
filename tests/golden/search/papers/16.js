daybook.take("papers/16",[
["math/0309136","A Proof That Was Not","Plato, 李明",0,"2003-09-08",[],1]]);

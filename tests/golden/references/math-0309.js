daybook.refer({
"math-0309136":["plato2003proof","2003-09-08","A Proof That Was Not","{Plato} and {李明}","math.GT",0,["Plato","李明"],0,"Withdrawn on 2004-02-29"]});

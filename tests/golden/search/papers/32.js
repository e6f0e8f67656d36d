daybook.take("papers/32",[
["1201.0007","Four Digits Are Enough","J. Smith, شيماء",0,"2012-01-01",[]]]);

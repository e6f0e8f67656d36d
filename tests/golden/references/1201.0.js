daybook.refer({
"1201.0007":["smith2012four","2012-01-01","Four Digits Are Enough","Smith, J. and {شيماء}",0,0,["Smith, J.","شيماء"]]});

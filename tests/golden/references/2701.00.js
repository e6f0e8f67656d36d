daybook.refer({
"2701.00001":["ash2027resolutions","2027-01-01","Resolutions Decay Exponentially","Ash, Ada and Krállová, Zoë and Smith, John",0],
"2701.00002":["smith2027listing","2027-01-01","A Listing Without Votes","Smith, John and Král, Zoë","quant-ph"],
"2701.00003":["lind2027early","2027-01-04","Early Birds of the New Week","Lind, Tove and BERG, ANNA","cs.AI"],
"2701.00004":["ash2027late","2027-01-03","Late Owls of the Old Week","{ash}, ada and {شيماء}","cs.AI",0,["ash, ada","شيماء"],["cs.AI","quant-ph"]]});

daybook.take("papers/80",[
["2701.00001","Resolutions Decay Exponentially","Ada Ash, Zoë Krállová, John Smith",0,"2027-01-01",[]],
["2701.00002","A Listing Without Votes","John Smith, Zoë Král",0,"2027-01-01",[]]]);

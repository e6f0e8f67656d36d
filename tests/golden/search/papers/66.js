daybook.take("papers/66",[
["2612.00005","One Hundred People Agree on a Bicycle","Ada Ash, Bo Ash, Cleo Ash",97,"2026-12-28",[["for-specialists","One hundred authors, one bicycle.","Björk Þórðardóttir <b>"]]],
["2612.00006","Fine-Tuning on $200k: What a <think> Tag Costs, Why <1 GB & 5% of It Is Enough {for most}","Smith, J. Smith, John Smith",2,"2026-12-28",[]]]);

daybook.take("papers/48",[["2511.00001","Pillow Talk for Reward Models","Tove Lind, J. Smith",0,"2025-11-18",[]]]);

daybook.take("likes/4",[
"naps pillow one example https nobody none org script between broken good grows marker new note still first pillows second",
"pillows rest",
"tea warm water first found read one grows nothing same second",
"nothing",
"one bicycle people same",
"costs enough example https org between",
"",
"",
"tea naps script",
"pillows second one broken costs sentence first",
"bicycle before people sentence",
"warm water"]);

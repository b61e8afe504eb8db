"""Teams: who can go, who goes, and why. Pure: dataclasses in and out, solved by HiGHS; knows no Django."""

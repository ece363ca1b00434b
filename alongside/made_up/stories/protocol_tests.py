"""What those it was made to found when they looked at a protocol in use: the line, the result, the number."""

FIRST_USE = (
    ("bid_time", "pass", 61),
    ("early_voice", "pass", "asked 40 days before it was fixed"),
    ("payment", "pass", 19),
)
SECOND_USE = (
    ("bid_time", "fail", 14),
    ("early_voice", "pass", "asked 33 days before it was fixed"),
    ("payment", "pass", 26),
    ("route", "pass", "5 ways looked at, with a reason for each of 4 that were not taken"),
    ("lot_size", "fail", "3.4 times the middle turnover of local user-led organisations"),
    ("turnover", "pass", "1.5 times the yearly value"),
    ("accounts", "pass", "0 asked of organisations that need not have them"),
    ("insurance", "pass", "asked on award only, at 2 times the yearly value, for the risk of falls"),
    ("framework", "not_evidenced", "the papers do not say for how long"),
    ("term", "pass", "3 years, with notice of 6 months"),
    ("price", "fail", "quality 40, price 60, and nothing for being led by users"),
    ("transfer", "pass", "the list, the pension scheme and the cost were there on 1 day, the first"),
    ("proportion", "fail", "61 pages and 140 questions"),
    ("evaluators", "fail", "1 of 6 on the panel, without a vote"),
    ("user_control", "pass", "83 in 100 of the board of the bidder that says so"),
    ("feedback", "not_evidenced", "no bidder has lost yet"),
    ("full_cost", "fail", "no rise with prices in 3 years"),
)  # independence, viability and who judged delivery: nobody has looked yet

"""What ordinary decisions are about: small true-to-life things, told in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A matter, what the person thinks of it, and what comes of it."""

    what: str
    change: str
    why: str
    position: str
    words: str
    outcome: str
    reasons: str
    promise: str = ""
    reply: str = ""
    result: str = "partly"
    asked_for: bool = False  # the person raises it themself
    owner: str = ""


SUBJECTS = (
    Subject(
        "Help with breakfast on Saturdays and Sundays",
        "increase",
        "You told us that weekends are hard.",
        "for",
        "Yes. I would like it at nine, so that I can sleep in.",
        "agreed",
        "You asked for it at nine, and that can be done.",
        "Start breakfast help at nine on Saturdays and Sundays",
    ),
    Subject(
        "A rail by the back step",
        "start",
        "You nearly fell twice this winter.",
        "for",
        "Please do. I hold on to the drain pipe now.",
        "agreed",
        "A rail is quick to fit and keeps you safe.",
        "Fit the rail by the back step",
        owner="farah",
    ),
    Subject(
        "The same two people to help me in the evening",
        "who",
        "Eleven different people came in one month.",
        "for",
        "I am tired of telling my story again each night.",
        "agreed",
        "We agree. It is your home, and you should know who comes.",
        "Send only two people in turn to help you in the evening",
        asked_for=True,
    ),
    Subject(
        "Swimming on Tuesdays instead of the lunch club",
        "swap",
        "I do not like the lunch club. I like to swim.",
        "for",
        "Swimming helps my back, and my friends go there.",
        "agreed",
        "It costs no more, and it is what you want to do.",
        "Book a lift to the pool on Tuesdays",
        asked_for=True,
    ),
    Subject(
        "Evening visits go from one hour to half an hour",
        "cut",
        "The visits often end early, so the budget could be smaller.",
        "against",
        "They end early because they rush. I need the whole hour.",
        "not_agreed",
        "You told us that the visits are rushed. So the hour stays, and we will check that it is used.",
        "Check for four weeks that each evening visit lasts the hour",
    ),
    Subject(
        "A personal assistant of my own, with a direct payment",
        "money",
        "I want to choose who helps me.",
        "for",
        "I have wanted this for two years.",
        "agreed",
        "You know best who should help you. The money is the same.",
        "Pay the first direct payment into your account",
        asked_for=True,
    ),
    Subject(
        "A shower in place of the bath",
        "start",
        "I cannot get over the side of the bath.",
        "for_if",
        "Yes, if the new floor is not slippery.",
        "agreed",
        "We will use the floor that you chose at the show room.",
        "Put in the shower, with the floor you chose",
        reply="You are right about the floor. It will be the one that you tried.",
        result="adopted",
        asked_for=True,
        owner="farah",
    ),
    Subject(
        "Help to get to the library on Thursdays",
        "start",
        "I cannot go by bus on my own.",
        "for",
        "I miss the reading group.",
        "agreed",
        "The reading group matters to you, and a lift is simple.",
        "Give you a lift to the library on Thursdays",
        asked_for=True,
    ),
    Subject(
        "Your review is by a call and not a visit",
        "swap",
        "A call would be sooner than a visit.",
        "against",
        "I do not hear well on the telephone. Please come.",
        "not_agreed",
        "You do not hear well by telephone. We will come to you.",
        "Visit you for your review",
    ),
    Subject(
        "More hours while your shoulder mends",
        "increase",
        "You cannot lift your arm after the operation.",
        "other",
        "I want more help in the morning and none at night. I like my evenings alone.",
        "agreed",
        "The extra help is in the morning only, as you asked.",
        "Start the extra morning hours",
        reply="The extra hours will all be in the morning. Your evenings stay yours.",
        result="adopted",
    ),
    Subject(
        "You pay £12 a week towards your support",
        "charge",
        "The rules about savings changed in April.",
        "against",
        "I cannot pay this and keep my phone. Please look at my bills again.",
        "agreed",
        "The rules ask for £12. We looked at your bills again and took off the cost of your phone.",
        "Write to you with how the charge was worked out",
        reply="We looked again. Your phone is now counted as a cost, so you pay £7 and not £12.",
    ),
    Subject(
        "A key safe by your door",
        "start",
        "So that help can come in when you cannot get up.",
        "for_if",
        "Only if nobody but my two helpers has the number.",
        "agreed",
        "Only your two helpers will have the number.",
        "Fit the key safe, and give the number to two people only",
        reply="Nobody else will have the number. You can change it yourself.",
        result="adopted",
        owner="farah",
    ),
    Subject(
        "Help goes on as it is for another year",
        "go_on",
        "You told us that it works.",
        "for",
        "It works. Leave it as it is.",
        "agreed",
        "It works for you, so it goes on.",
    ),
    Subject(
        "A break of one weekend a month",
        "start",
        "You look after somebody all week.",
        "for",
        "I have not slept a whole night since spring.",
        "agreed",
        "You need rest, and the law says that you may have it.",
        "Arrange the first weekend off for you",
    ),
    Subject(
        "Help to look for paid work",
        "start",
        "I want a job in a kitchen.",
        "for",
        "I am a good cook. I want to be paid for it.",
        "agreed",
        "You are a good cook. Paid work is your aim, so it is ours.",
        "Go with you to two places that need a cook",
        asked_for=True,
    ),
    Subject(
        "The day centre days go from four to two",
        "cut",
        "The centre has fewer staff this year.",
        "against",
        "My friends are there. Two days is not enough for me.",
        "agreed_with_changes",
        "We heard that your friends matter most. So it is three days, and they are your friends’ days.",
        "Talk with you again in three months about your centre days",
        reply="Four days cannot be staffed. It will be three, on the days when your friends come.",
    ),
)

EVERYDAY = (  # (what, kind of change, what the person said)
    ("Come at eight and not at nine on Mondays", "swap", "That suits me. I have the choir on Mondays."),
    ("Write letters to me in bigger print from now on", "start", "Yes. My eyes are worse in winter."),
    ("Shopping on Friday, with me and not for me", "swap", "I want to choose my own fruit."),
    ("Leave the hall light on when you go", "start", "I said so, and she wrote it down with me."),
    ("Jess comes while Tom is on holiday", "who", "I know Jess. That is fine by me."),
    ("Half an hour more on hospital days", "increase", "It takes longer to get ready. Thank you."),
    ("Ring before you come", "start", "Then I can put the dog in the garden."),
    ("Cook together on Wednesdays", "start", "I do the cutting and he does the pan."),
    ("Send a text the day before each visit", "start", "Good. I forget days."),
    ("Use the side door when it rains", "swap", "The front step is slippery. We agreed."),
)

from tests.chaos.test_killed_while_answering import *
from collections import Counter
async def test_zz(telegram, running):
    chance = random.Random(7)
    actors = cast(telegram, PEOPLE)
    answers = 500
    moments = sorted(chance.sample(range(5, answers - 10), KILLS))
    await running.start(); await settle_in(actors)
    before = sum(a.answered for a in actors)
    marks=[]
    async def killer():
        for moment in moments:
            await telegram.until(lambda: sum(a.answered for a in actors) - before >= moment, 300)
            await asyncio.sleep(chance.random() * 0.06)
            marks.append(len(telegram.calls))
            await running.kill_and_start()
    async def play(actor):
        for title in TITLES: await actor.log(title)
    await asyncio.gather(killer(), *(play(a) for a in actors))
    print("per actor", [new_messages(telegram,a) for a in actors], replies_to(TITLES)-2)
    calls=telegram.calls
    for m in marks:
        last={}
        for i,c in enumerate(calls[:m+30]):
            if c.method=="sendMessage" and c.outcome=="ok":
                k=c.params["chat_id"]
                if i>=m and k not in [x for x in last if str(x).startswith("!")] and last.get(k)==c.params["text"]: print(m,"dup",k,repr(c.params["text"][:60]))
                if i>=m: last["!"+str(k)]=1
                last[k]=c.params["text"]
        print("kill at",m)
    print(Counter(c.method+" "+c.outcome[:30] for c in calls))

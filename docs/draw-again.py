"""Draws a sample of Exemplar again (docs/sampling.md).

python3 draw-again.py SEED random SIZE           < population.txt
python3 draw-again.py SEED monetary-unit PENCE   < population.txt     PENCE: the interval
python3 draw-again.py SEED stratum:NAME SIZE     < one-stratum.txt

A line of the population is `id amountPence`. Prints its SHA-256, then what is drawn, in order.
"""
import hashlib
import sys

seed, label, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
items = sorted(tuple(line.split()) for line in sys.stdin if line.strip())
print(hashlib.sha256("".join(f"{i} {a}\n" for i, a in items).encode()).hexdigest())


def words():
    k = 0
    while True:
        block = hashlib.sha256(f"{seed}:{label}:{k}".encode()).digest()
        yield from (int.from_bytes(block[at:at + 8], "big") for at in (0, 8, 16, 24))
        k += 1


stream = words()


def draw(below):
    end = 2**64 - 2**64 % below
    return next(word for word in stream if word < end) % below


if label == "monetary-unit":
    point, before = draw(number), 0
    for i, amount in items:
        hits, end = 0, before + int(amount)
        while point < end:
            hits, point = hits + 1, point + number
        if hits:
            print(i, amount, hits)
        before = end
else:
    for at in range(number):
        other = at + draw(len(items) - at)
        items[at], items[other] = items[other], items[at]
        print(*items[at])

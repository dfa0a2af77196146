// The search index of a copy: threads/site/search/index.py writes it.

import { Folding } from "./folding.js";
import { load } from "./loading.js";

function numbers(text, digits) {
    const values = [];
    const half = digits.length / 2;
    let value = 0;
    let last = -1;
    for (const digit of text) {
        const place = digits.indexOf(digit);
        value = value * half + (place % half);
        if (place >= half) continue;
        last += value;
        values.push(last);
        value = 0;
    }
    return values;
}

export class Index {
    constructor(top, index) {
        Object.assign(this, index, { top });
        this.folding = new Folding(index);
    }

    // The shards that may have tokens from one on, up to another.
    async lines(first, last) {
        let at = this.firsts.findLastIndex((each) => each <= first);
        const lines = [];
        for (at = Math.max(at, 0); at < this.firsts.length && this.firsts[at] <= last; at++) {
            lines.push(...(await load(this.top, `words/${at}`)).split("\n"));
        }
        return lines;
    }

    async having(token, prefix) {
        const lines = await this.lines(token, prefix ? `${token}\uffff` : token);
        const wanted = lines.filter((line) =>
            prefix ? line.startsWith(token) : line.startsWith(`${token} `),
        );
        const texts = wanted.map((line) => numbers(line.slice(line.indexOf(" ") + 1), this.digits));
        return texts.length === 1 ? texts[0] : [...new Set(texts.flat())].sort((a, b) => a - b);
    }

    // The texts that have all tokens of a term; where these stand is not known here.
    async candidates({ tokens, prefix }) {
        let texts = null;
        for (const [at, token] of tokens.entries()) {
            const some = await this.having(token, prefix && at === tokens.length - 1);
            const known = texts && new Set(texts);
            texts = known ? some.filter((each) => known.has(each)) : some;
        }
        return texts;
    }

    // Those of some ways of having a value that any text is found by.
    async present(ways) {
        const found = await Promise.all(ways.map((term) => this.candidates(term)));
        return ways.filter((_, at) => found[at].length);
    }

    // The number of the newest text that is older than a year, month or day: "2019", "2019-04".
    async olderThan(time) {
        const days = await load(this.top, "days");
        return days.find(([day]) => day < time)?.[1] ?? this.texts;
    }

    async text(place) {
        const pack = await load(this.top, `texts/${Math.floor(place / this.pack)}`);
        return pack[place % this.pack];
    }
}

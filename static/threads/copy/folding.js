// Cuts words as threads/search/tokens/folding.py does, with the same characters: the index has them.

export class Folding {
    constructor(index) {
        const joining = index.joining.replace(/[\\\]^-]/g, "\\$&");
        const { unspaced, marks, nothing, accents, pictures } = index;
        const other = `(?![${unspaced}${joining}])[\\p{L}\\p{N}]`;
        const spaced = `(?:${other}|[${marks}${nothing}])+`;
        const run = `[${unspaced}][${unspaced}${marks}${nothing}]*`;
        this.piece = new RegExp(`${run}|${spaced}|[${pictures}]`, "gu");
        this.isUnspaced = new RegExp(`^[${unspaced}]`, "u");
        this.accents = new RegExp(`[${accents}${nothing}]|(?<![ИиУу])\u0306|(?<![Іі])\u0308`, "gu");
        this.cluster = new RegExp(`[^${marks}][${marks}]*|[${marks}]+`, "gu");
        this.ignored = new RegExp(`[${nothing}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`, "gu");
        this.joints = new RegExp(`[${joining}]`, "gu");
        this.joined = new RegExp(
            `^(?=\\p{L})${spaced}(?:[${joining}](?=\\p{L})${spaced}){1,3}$`,
            "u",
        );
        this.lower = (text) =>
            [...text].map((each) => index.casefold[each] ?? each.toLowerCase()).join("");
        this.same = (text) => [...text].map((each) => index.same[each] ?? each).join("");
    }

    folded(word) {
        const bare = this.same(this.lower(word.normalize("NFKD").replace(this.accents, "")));
        return bare.normalize("NFC").match(this.piece) ?? [];
    }

    pairs(run) {
        const characters = run.replace(this.ignored, "").normalize("NFKC").match(this.cluster);
        return characters.map((each, at) => each + (characters[at + 1] ?? ""));
    }

    tokens(text) {
        return (text.match(this.piece) ?? []).flatMap((piece) =>
            this.isUnspaced.test(piece) ? this.pairs(piece) : this.folded(piece),
        );
    }

    // Tokens with where they stand, as `places_of` there.
    places(text) {
        return [...text.matchAll(this.piece)].flatMap(({ 0: piece, index: start }) => {
            const end = start + piece.length;
            if (!this.isUnspaced.test(piece)) {
                return this.folded(piece).map((token) => ({ token, start, end }));
            }
            const clusters = [...piece.matchAll(this.cluster)];
            const tokens = this.pairs(piece);
            if (clusters.length !== tokens.length) return [{ token: piece, start, end }];
            return tokens.map((token, at) => {
                const { 0: last, index } = clusters[at + 1] ?? clusters[at];
                return {
                    token,
                    start: start + clusters[at].index,
                    end: start + index + last.length,
                };
            });
        });
    }

    // Tokens one behind the other, as `term_of` there.
    term(text, prefix) {
        const tokens = this.tokens(text);
        if (!tokens.length) return null;
        const last = text.match(this.piece).at(-1);
        if (!this.isUnspaced.test(last)) return { tokens, prefix };
        if (this.pairs(last).length === 1) return { tokens, prefix: true };
        return { tokens: tokens.slice(0, -1), prefix: false };
    }

    // As `ways_of` there: any of them is enough.
    ways(word, prefix) {
        const term = this.term(word, prefix);
        if (!term) return [];
        if (!this.joined.test(word)) return [term];
        const whole = word
            .split(this.joints)
            .flatMap((part) => this.folded(part))
            .join("");
        return [term, { tokens: [whole], prefix }];
    }
}

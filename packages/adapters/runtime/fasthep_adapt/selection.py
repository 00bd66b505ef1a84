"""Selections of events: All, Any, Not, with counts of how many events each condition saw and passed."""


class LambdaStr:
    """A condition as the text of a lambda, `ev : ev.met[0] > 30`. Made to a function when a partition begins."""

    def __init__(self, lambda_str, name=None):
        self.lambda_str = lambda_str
        self.name = lambda_str if name is None else name
        self.function = None

    def begin(self, event):
        self.function = eval("lambda " + self.lambda_str, {})

    def __call__(self, event):
        return self.function(event)

    event = __call__

    def end(self):
        # A lambda cannot be stored.
        self.function = None


class Counted:
    """Conditions with a row [depth, class, name, passed, seen] for each."""

    def __init__(self, name, selections):
        self.name = name
        self.selections = list(selections)
        self.counts = [[0, 0] for _ in self.selections]

    def ask(self, index, event):
        passed = self.selections[index](event)
        self.counts[index][1] += 1
        if passed:
            self.counts[index][0] += 1
        return passed

    def event(self, event):
        return self(event)

    def begin(self, event):
        for one in self.selections:
            one.begin(event)

    def end(self):
        for one in self.selections:
            one.end()

    def merge(self, other):
        for mine, theirs in zip(self.counts, other.counts):
            mine[0] += theirs[0]
            mine[1] += theirs[1]
        for mine, theirs in zip(self.selections, other.selections):
            if hasattr(mine, "merge"):
                mine.merge(theirs)

    def rows(self, depth=1):
        rows = []
        for one, (passed, seen) in zip(self.selections, self.counts):
            rows.append([depth, type(one).__name__, one.name, passed, seen])
            if isinstance(one, Counted):
                rows.extend(one.rows(depth + 1))
        return rows

    def results(self):
        return self.rows()


class AllwCount(Counted):
    """Every condition; those after the first that fails are not asked."""

    def __call__(self, event):
        return all(self.ask(i, event) for i in range(len(self.selections)))


class AnywCount(Counted):
    """Some condition; those after the first that passes are not asked."""

    def __call__(self, event):
        return any(self.ask(i, event) for i in range(len(self.selections)))


class NotwCount(Counted):
    def __call__(self, event):
        return not self.ask(0, event)


def build(config, aliases=None):
    """A selection from `{All: [...]}`, `{Any: [...]}`, `{Not: ...}` or a text; `(text, {values})` fills in {}."""
    aliases = aliases or {}
    if isinstance(config, (list, tuple)):
        return build_with(config[0], dict(config[1]), aliases)
    if isinstance(config, str):
        return build_with(config, {}, aliases)
    name = config.get("name")
    words = [word for word in ("All", "Any", "Not") if word in config]
    if len(words) != 1:
        raise ValueError("a selection is one of All, Any, Not, and not " + repr(config))
    word = words[0]
    inner = config[word] if word != "Not" else [config[word]]
    kind = {"All": AllwCount, "Any": AnywCount, "Not": NotwCount}[word]
    return kind(word if name is None else name, [build(one, aliases) for one in inner])


def build_with(text, values, aliases):
    if not isinstance(text, str):
        return build(text, aliases)
    if text in aliases:
        known = aliases[text]
        merged = {"name": text}
        if isinstance(known, (list, tuple)):
            merged.update(known[1])
            known = known[0]
        elif isinstance(known, dict):
            return build(known, aliases)
        merged.update(values)
        return build_with(known, merged, {key: one for key, one in aliases.items() if key != text})
    name = values.pop("name", None)
    return LambdaStr(text.format(**values), name)

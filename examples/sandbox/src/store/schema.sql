-- Amounts are decimal text, moments are milliseconds since 1970 in UTC.

CREATE TABLE balances (
    currency TEXT PRIMARY KEY,
    amount TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time INTEGER NOT NULL,
    currency TEXT NOT NULL,
    amount TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The orderid of the payout it belongs to.
    payout INTEGER
);

CREATE INDEX ledger_by_payout ON ledger (payout) WHERE payout IS NOT NULL;

CREATE TABLE invoices (
    invoiceid INTEGER PRIMARY KEY AUTOINCREMENT,
    uniqueid TEXT NOT NULL UNIQUE,
    page TEXT NOT NULL UNIQUE,
    paysys TEXT NOT NULL,
    amount TEXT NOT NULL,
    pay_amount TEXT,
    purse TEXT,
    paylist TEXT,
    comis TEXT NOT NULL,
    dtag TEXT,
    email TEXT,
    name TEXT,
    surname TEXT,
    description TEXT,
    callbackurl TEXT,
    successurl TEXT,
    failurl TEXT,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    pay_at INTEGER
);

CREATE INDEX invoices_by_time ON invoices (pay_at) WHERE pay_at IS NOT NULL;

-- Several payouts have one uniqueid where repeats pay again.
CREATE TABLE payouts (
    orderid INTEGER PRIMARY KEY AUTOINCREMENT,
    uniqueid TEXT NOT NULL,
    transid TEXT NOT NULL,
    currency TEXT NOT NULL,
    paysys TEXT NOT NULL,
    amount_from TEXT NOT NULL,
    amount_from_comis TEXT NOT NULL,
    amount_to TEXT NOT NULL,
    purse TEXT,
    dtag TEXT,
    name TEXT,
    surname TEXT,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- What it becomes by itself, and when.
    end_status TEXT,
    ends_at INTEGER
);

CREATE INDEX payouts_by_uniqueid ON payouts (uniqueid);
CREATE INDEX payouts_by_time ON payouts (ends_at) WHERE ends_at IS NOT NULL;

-- What is to become of payouts that have not been asked for yet.
CREATE TABLE plans (
    uniqueid TEXT PRIMARY KEY,
    -- Null: until the control API settles it.
    pending_ms INTEGER,
    end_status TEXT NOT NULL
);

-- Every status an invoice or a payout has had, so that `details` can lag.
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- `Invoice` or `Withdraw`; an invoiceid or an orderid.
    type TEXT NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    status TEXT NOT NULL
);

CREATE INDEX history_by_transaction ON history (type, number);

CREATE TABLE codes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    password TEXT,
    description TEXT,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    applied INTEGER
);

CREATE TABLE crypto_invoices (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    blockchain TEXT NOT NULL,
    symbol TEXT NOT NULL,
    address TEXT NOT NULL,
    value TEXT NOT NULL,
    fiat_currency TEXT,
    secret_key TEXT,
    data TEXT,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    active INTEGER NOT NULL,
    status TEXT NOT NULL,
    confirmations_required INTEGER NOT NULL,
    confirmations INTEGER NOT NULL,
    transactions TEXT NOT NULL,
    paid TEXT NOT NULL,
    in_flight TEXT NOT NULL,
    next_block_at INTEGER,
    pay_at INTEGER
);

CREATE INDEX crypto_invoices_to_pay ON crypto_invoices (pay_at) WHERE pay_at IS NOT NULL;
CREATE INDEX crypto_invoices_to_confirm ON crypto_invoices (next_block_at) WHERE next_block_at IS NOT NULL;
CREATE INDEX crypto_invoices_to_expire ON crypto_invoices (expires) WHERE active AND next_block_at IS NULL;

CREATE TABLE crypto_balances (
    blockchain TEXT NOT NULL,
    symbol TEXT NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (blockchain, symbol)
);

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    signature TEXT,
    attempts INTEGER NOT NULL,
    -- Null once it was delivered or given up.
    next_at INTEGER
);

CREATE INDEX deliveries_by_time ON deliveries (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    -- Headers are JSON: a list of names with their values.
    request_headers TEXT NOT NULL,
    -- What was answered, or why nothing was.
    status INTEGER,
    response_headers TEXT,
    response_body TEXT,
    response_is_cut INTEGER,
    error TEXT,
    -- When the next attempt was to be made, if any.
    next_at INTEGER
);

-- The tables that qtickets_api_test_requests.md watches, and the two facts that follow from them.
--
-- One dialect for ClickHouse 18.16 and 26.x: String where LowCardinality would need a setting that newer servers no longer know,
-- no WITH, no query parameters, at most one statement to a request. A statement ends with a semicolon at the end of a line.
--
-- All times are Moscow wall clock. The zone is part of the type, so the text that goes in is the text that comes out whatever the
-- server's own zone is, and toDate() is the Moscow date.
--
-- _ver is the time of the run in seconds. A row that lands again replaces the older one of its key; read with FINAL.
-- E-mails, phones, names and barcodes are pseudonyms here, and payload_json is the masked record.
--
-- Name the columns of every insert: 18.16 computes the default of a column only where the insert's list leaves it out.

-- One row per paid order. The key is the order alone: neither its revenue nor its time, so an order that was refunded or corrected
-- replaces what was known of it.
CREATE TABLE IF NOT EXISTS stg_qtickets_api_orders_raw
(
    order_id String,
    event_id String,
    city String,
    utm_source String,
    utm_medium String,
    utm_campaign String,
    utm_content String,
    utm_term String,
    sale_ts DateTime('Europe/Moscow'),
    tickets_sold UInt32,
    revenue Float64,
    currency String,
    payload_json String,
    _ver UInt64,
    _dedup_key FixedString(32) DEFAULT lower(hex(MD5(order_id)))
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY _dedup_key;

-- One row per event, city and snapshot. 0 seats left is sold out; NULL is not known.
CREATE TABLE IF NOT EXISTS stg_qtickets_api_inventory_raw
(
    snapshot_ts DateTime('Europe/Moscow'),
    event_id String,
    event_name String,
    city String,
    tickets_total Nullable(UInt32),
    tickets_left Nullable(UInt32),
    _ver UInt64,
    _dedup_key FixedString(32) DEFAULT lower(hex(MD5(concat(event_id, '::', toString(snapshot_ts)))))
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY (event_id, city, snapshot_ts);

CREATE TABLE IF NOT EXISTS stg_qtickets_api_clients_raw
(
    client_id String,
    email String,
    phone String,
    first_name String,
    last_name String,
    middle_name String,
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY client_id;

-- The API gives shades no name: the column stays empty.
CREATE TABLE IF NOT EXISTS stg_qtickets_api_price_shades_raw
(
    shade_id String,
    name String DEFAULT '',
    color String,
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY shade_id;

-- The API says what kind a discount is, not how much: discount_value stays NULL.
CREATE TABLE IF NOT EXISTS stg_qtickets_api_discounts_raw
(
    discount_id String,
    name String,
    discount_type String,
    discount_value Nullable(Float64),
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY discount_id;

-- A promo code has the value of its discount, which the API does not give; NULL in valid_from or valid_to is no limit.
CREATE TABLE IF NOT EXISTS stg_qtickets_api_promo_codes_raw
(
    promo_code_id String,
    code String,
    discount_type String,
    discount_value Nullable(Float64),
    valid_from Nullable(DateTime('Europe/Moscow')),
    valid_to Nullable(DateTime('Europe/Moscow')),
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY promo_code_id;

CREATE TABLE IF NOT EXISTS stg_qtickets_api_barcodes_raw
(
    barcode String,
    event_id String,
    show_id String,
    status String DEFAULT '',
    checked_at Nullable(DateTime('Europe/Moscow')),
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY barcode;

CREATE TABLE IF NOT EXISTS stg_qtickets_api_partner_tickets_raw
(
    ticket_id String,
    event_id String,
    show_id String,
    external_order_id String,
    external_id String,
    barcode String,
    paid UInt8,
    price Nullable(Float64),
    payload_json String,
    _ver UInt64,
    _ingest_ts DateTime('Europe/Moscow')
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY (ticket_id, external_order_id);

-- The partition is a function of the key, or two partitions would keep two rows of one key for ever.
CREATE TABLE IF NOT EXISTS fact_qtickets_sales_daily
(
    sales_date Date,
    event_id String,
    city String,
    tickets_sold UInt32,
    revenue Float64,
    _ver UInt64
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY toYYYYMM(sales_date)
ORDER BY (event_id, sales_date, city);

CREATE TABLE IF NOT EXISTS fact_qtickets_inventory_latest
(
    snapshot_ts DateTime('Europe/Moscow'),
    event_id String,
    event_name String,
    city String,
    tickets_total Nullable(UInt32),
    tickets_left Nullable(UInt32),
    _ver UInt64
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY (event_id, city);

-- One row per run.
CREATE TABLE IF NOT EXISTS meta_job_runs
(
    job String,
    run_id UUID DEFAULT generateUUIDv4(),
    started_at DateTime('Europe/Moscow'),
    finished_at DateTime('Europe/Moscow'),
    status String,
    rows_processed UInt64 DEFAULT 0,
    message String DEFAULT '',
    metrics String DEFAULT ''
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(started_at)
ORDER BY (job, started_at);

-- Sales by day come from every order that ever landed, not from one run: a run over a short window changes no full day. Each
-- derivation has one version for all its rows, the newest of the orders: a day that lost an order to another day is replaced too,
-- although none of its remaining orders is new. Revenue is rounded to kopecks.
INSERT INTO fact_qtickets_sales_daily (sales_date, event_id, city, tickets_sold, revenue, _ver)
SELECT
    toDate(sale_ts),
    event_id,
    city,
    toUInt32(sum(tickets_sold)),
    round(sum(revenue), 2),
    (SELECT max(_ver) FROM stg_qtickets_api_orders_raw)
FROM stg_qtickets_api_orders_raw FINAL
GROUP BY toDate(sale_ts), event_id, city;

-- A day, event and city that no order belongs to any more has sold nothing.
INSERT INTO fact_qtickets_sales_daily (sales_date, event_id, city, tickets_sold, revenue, _ver)
SELECT
    sales_date,
    event_id,
    city,
    toUInt32(0),
    toFloat64(0),
    (SELECT max(_ver) FROM stg_qtickets_api_orders_raw)
FROM fact_qtickets_sales_daily FINAL
WHERE (tickets_sold != 0 OR revenue != 0)
    AND (event_id, sales_date, city) NOT IN
    (
        SELECT event_id, toDate(sale_ts), city FROM stg_qtickets_api_orders_raw FINAL
    );

-- The newest snapshot of each event and city, whole. Not argMax: it passes over NULL and would mix two snapshots.
INSERT INTO fact_qtickets_inventory_latest (snapshot_ts, event_id, event_name, city, tickets_total, tickets_left, _ver)
SELECT snapshot_ts, event_id, event_name, city, tickets_total, tickets_left, _ver
FROM stg_qtickets_api_inventory_raw FINAL
WHERE (event_id, city, snapshot_ts) IN
    (
        SELECT event_id, city, max(snapshot_ts) FROM stg_qtickets_api_inventory_raw GROUP BY event_id, city
    );

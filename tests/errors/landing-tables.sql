CREATE TABLE IF NOT EXISTS stg_orders
(
    order_id String,
    city String DEFAULT '',
    sale_ts DateTime,
    tickets UInt32,
    discount Nullable(Float64),
    payload_json String,
    _ver UInt64
)
ENGINE = ReplacingMergeTree(_ver)
PARTITION BY tuple()
ORDER BY order_id;

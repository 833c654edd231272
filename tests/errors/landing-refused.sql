CREATE TABLE IF NOT EXISTS stg_orders (order_id String) ENGINE = Log;
-- a comment
DROP TABLE stg_orders;
INSERT INTO stg_orders
SELECT order_id FROM url('http://example.com/', CSV, 'order_id String');
INSERT INTO stg_others SELECT order_id FROM stg_orders;

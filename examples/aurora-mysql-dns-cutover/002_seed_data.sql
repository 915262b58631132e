-- 1,000 customers, 100 products, 5,000 orders and their 15,000 items: the data that is there before the
-- migration. The same each time, so that a rehearsal can be repeated.
CREATE TEMPORARY TABLE digits (d INT NOT NULL PRIMARY KEY);
INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
CREATE TEMPORARY TABLE tens AS SELECT d FROM digits;
CREATE TEMPORARY TABLE hundreds AS SELECT d FROM digits;
CREATE TEMPORARY TABLE numbers (n INT NOT NULL PRIMARY KEY);
INSERT INTO numbers SELECT digits.d + 10 * tens.d + 100 * hundreds.d + 1 FROM digits, tens, hundreds;

INSERT INTO customers (id, email, name, created_at)
SELECT n, CONCAT('customer', n, '@example.com'), CONCAT('Customer ', n, ' Ångström'),
       TIMESTAMPADD(MINUTE, n, '2025-01-01 00:00:00.123456')
FROM numbers ORDER BY n;

INSERT INTO products (id, sku, title, price, stock)
SELECT n, CONCAT('SKU', LPAD(n, 5, '0')), CONCAT('Product ', n), 1.99 + n * 0.37, 1000
FROM numbers WHERE n <= 100 ORDER BY n;

INSERT INTO orders (id, customer_id, status, note, placed_at)
SELECT 1000 * digits.d + n, 1 + (n * 7 + digits.d) % 1000, ELT(1 + n % 4, 'new', 'paid', 'sent', 'cancelled'),
       IF(n % 10 = 0, REPEAT('Please ring the bell. ', 1 + n % 50), NULL),
       TIMESTAMPADD(SECOND, 1000 * digits.d + n, '2025-06-01 00:00:00')
FROM digits, numbers WHERE digits.d < 5 ORDER BY 1;

INSERT INTO order_items (order_id, line, product_id, quantity, price)
SELECT orders.id, digits.d, 1 + (orders.id * 3 + digits.d) % 100, 1 + orders.id % 5, 1.99 + ((orders.id * 3 + digits.d) % 100 + 1) * 0.37
FROM orders, digits WHERE digits.d BETWEEN 1 AND 3 ORDER BY 1, 2;

INSERT INTO heartbeat VALUES (1, NULL);
DROP TEMPORARY TABLE digits, tens, hundreds, numbers;

-- What the application does while the task runs: orders come in, are paid, sent and cancelled, customers
-- go. DMS brings each of these to the cluster.
START TRANSACTION;
INSERT INTO customers (id, email, name, created_at) VALUES
    (1001, 'during@example.com', 'Came during the migration', '2026-01-01 12:00:00.000001'),
    (1002, 'emoji@example.com', 'Ĳsbrand 🚚', '2026-01-01 12:00:01');
INSERT INTO orders (id, customer_id, status, note, placed_at) VALUES
    (5001, 1001, 'new', 'Placed while the task was running', '2026-01-01 12:00:02'),
    (5002, 1002, 'paid', NULL, '2026-01-01 12:00:03');
INSERT INTO order_items (order_id, line, product_id, quantity, price) VALUES
    (5001, 1, 1, 2, 2.36), (5001, 2, 2, 1, 2.73), (5002, 1, 100, 1, 38.99);
UPDATE products SET stock = stock - 2 WHERE id = 1;
UPDATE products SET stock = stock - 1 WHERE id IN (2, 100);
COMMIT;

-- An order goes with its items, in one transaction.
START TRANSACTION;
DELETE FROM order_items WHERE order_id = 4;
DELETE FROM orders WHERE id = 4;
COMMIT;

UPDATE orders SET status = 'sent' WHERE status = 'paid' AND id <= 500;

-- What is rolled back never was.
START TRANSACTION;
UPDATE customers SET name = 'Nobody' WHERE id <= 10;
ROLLBACK;

-- The schema of a small shop: at the source before anything else, and at the cluster before the load,
-- since DMS makes neither AUTO_INCREMENT nor foreign keys. Every table has a primary key, without which
-- a row can be neither compared nor followed.
CREATE TABLE customers (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(190) NOT NULL,
    name VARCHAR(100) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    UNIQUE KEY customers_email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE products (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sku CHAR(8) NOT NULL,
    title VARCHAR(200) NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    stock INT NOT NULL,
    UNIQUE KEY products_sku (sku)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE orders (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    customer_id INT UNSIGNED NOT NULL,
    status ENUM('new', 'paid', 'sent', 'cancelled') NOT NULL DEFAULT 'new',
    note TEXT NULL,
    placed_at TIMESTAMP NOT NULL DEFAULT '2026-01-01 00:00:00',
    CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- No ON DELETE CASCADE: MySQL does not log the rows that it deletes so, and DMS would not delete them.
CREATE TABLE order_items (
    order_id BIGINT UNSIGNED NOT NULL,
    line SMALLINT UNSIGNED NOT NULL,
    product_id INT UNSIGNED NOT NULL,
    quantity INT UNSIGNED NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    PRIMARY KEY (order_id, line),
    CONSTRAINT items_order FOREIGN KEY (order_id) REFERENCES orders (id),
    CONSTRAINT items_product FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Tells how far the target is: `cfngen compare lag` and `gate` write the time into it at the source.
CREATE TABLE heartbeat (
    id INT NOT NULL PRIMARY KEY,
    beat BIGINT NULL
) ENGINE=InnoDB;

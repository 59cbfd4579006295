-- The tables of vmsync itself, in the dialect of MySQL 8 and MariaDB 10.6. Run it once with the host's own migration tool, or let
-- VmsyncSchema.create(dataSource) run it; running it again changes nothing.
-- Instants are in UTC. Intervals are ISO-8601, from/to, one a line; a gap that lasts ends with two dots.
-- Times are DATETIMEs, which no session's time zone moves. Texts compare by their bytes, whatever the database's default: two ids
-- that differ in case are two.

CREATE TABLE IF NOT EXISTS vmsync_schema (
    version INTEGER PRIMARY KEY
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO vmsync_schema (version) SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM vmsync_schema);

-- What is remembered of a VM that is out of step; a VM in step has no row.
CREATE TABLE IF NOT EXISTS vmsync_tracking (
    vm_id VARCHAR(255) PRIMARY KEY,
    version BIGINT NOT NULL,
    fingerprint VARCHAR(4000) NOT NULL,
    session_id VARCHAR(255),
    changed_at DATETIME(3),
    run_subject VARCHAR(32),
    run_first DATETIME(3),
    run_last DATETIME(3),
    run_count INTEGER,
    run_first_direct DATETIME(3),
    run_directs INTEGER,
    proven_running_at DATETIME(3),
    end_requested_at DATETIME(3),
    our_error BOOLEAN NOT NULL,
    verdict VARCHAR(1024) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was said of a session's bill; kept after its end. A lapse is a proof that the machine was off which is not a gap yet;
-- asked says that the host has asked for the gaps; ended_… is how vmsync ended the session, if it did.
CREATE TABLE IF NOT EXISTS vmsync_metering (
    session_id VARCHAR(255) PRIMARY KEY,
    vm_id VARCHAR(255) NOT NULL,
    version BIGINT NOT NULL,
    counter BIGINT NOT NULL,
    lapse_ran_until DATETIME(6),
    lapse_off_at DATETIME(6),
    back_at DATETIME(6),
    gaps LONGTEXT NOT NULL,
    stopped BOOLEAN NOT NULL,
    asked BOOLEAN NOT NULL,
    ended_as VARCHAR(32),
    ended_at DATETIME(6),
    end_reason LONGTEXT,
    end_cleanup BOOLEAN,
    INDEX vmsync_metering_open (stopped, session_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which machine a VM's address led to, as a direct read learned it; kept when the VM's own row is gone.
CREATE TABLE IF NOT EXISTS vmsync_identity (
    vm_id VARCHAR(255) PRIMARY KEY,
    cloud VARCHAR(64) NOT NULL,
    tenant VARCHAR(255) NOT NULL,
    principal VARCHAR(255) NOT NULL,
    subscription VARCHAR(255) NOT NULL,
    resource_id VARCHAR(2000) NOT NULL,
    resource_group VARCHAR(1024) NOT NULL,
    machine_name VARCHAR(1024) NOT NULL,
    machine_uid VARCHAR(1024),
    session_id VARCHAR(255),
    learned_at DATETIME(3) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The last complete pass of a scope, how many machines the cloud named, and the VMs of which it says nothing, one a line: the
-- last proof from before it that the VM ran, or two dots, then a slash and the VM. The key is a hash of the scope's four parts, for
-- not every database has keys as wide as they.
CREATE TABLE IF NOT EXISTS vmsync_pass (
    scope_key VARCHAR(64) PRIMARY KEY,
    cloud VARCHAR(64) NOT NULL,
    tenant VARCHAR(255) NOT NULL,
    principal VARCHAR(255) NOT NULL,
    subscription VARCHAR(255) NOT NULL,
    passed_at DATETIME(3) NOT NULL,
    except_vms LONGTEXT NOT NULL,
    listed INTEGER NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The outbox: every billing instruction, in the columns that outbox readers such as Debezium expect by default. Rows are
-- added and never changed. The id is the same for the same instruction, whoever writes it. The payload is the instruction,
-- whole, as JSON.
CREATE TABLE IF NOT EXISTS vmsync_outbox (
    seq BIGINT AUTO_INCREMENT PRIMARY KEY,
    id CHAR(36) NOT NULL,
    aggregatetype VARCHAR(255) NOT NULL,
    aggregateid VARCHAR(255) NOT NULL,
    type VARCHAR(255) NOT NULL,
    payload LONGTEXT NOT NULL,
    decided_at DATETIME(3) NOT NULL,
    CONSTRAINT vmsync_outbox_id UNIQUE (id),
    CONSTRAINT vmsync_outbox_types CHECK (type IN ('SUSPEND', 'RESUME', 'STOP', 'ADJUST')),
    INDEX vmsync_outbox_session (aggregateid, seq)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which of them the BillingPort is yet to be given: a row goes when its instruction is delivered. A PARKED one holds those
-- that follow it in its session, until VmSync.operator() releases it: to be delivered once more, or TAKEN for delivered by
-- hand, which stays for its note.
CREATE TABLE IF NOT EXISTS vmsync_delivery (
    session_id VARCHAR(255) NOT NULL,
    counter BIGINT NOT NULL,
    event_id CHAR(36) NOT NULL,
    state VARCHAR(16) NOT NULL,
    failures INTEGER DEFAULT 0 NOT NULL,
    note LONGTEXT,
    PRIMARY KEY (session_id, counter),
    CONSTRAINT vmsync_delivery_states CHECK (state IN ('STAGED', 'PARKED', 'TAKEN'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The brakes: the version that every spending moves on, in one row, and what was spent.
CREATE TABLE IF NOT EXISTS vmsync_brake (
    id INTEGER PRIMARY KEY,
    version BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS vmsync_spending (
    seq BIGINT AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(16) NOT NULL,
    cloud VARCHAR(64) NOT NULL,
    tenant VARCHAR(255) NOT NULL,
    principal VARCHAR(255) NOT NULL,
    subscription VARCHAR(255) NOT NULL,
    vm_id VARCHAR(255) NOT NULL,
    session_id VARCHAR(255),
    spent_at DATETIME(3) NOT NULL,
    INDEX vmsync_spending_time (spent_at, seq)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What operators have ordered, until it is withdrawn. Without a scope an order is for all; without an end it lasts.
-- An order that cannot be read is never taken for none: reading the orders fails until it is mended or deleted.
CREATE TABLE IF NOT EXISTS vmsync_order (
    id VARCHAR(255) PRIMARY KEY,
    kind VARCHAR(16) NOT NULL,
    cloud VARCHAR(64),
    tenant VARCHAR(255),
    principal VARCHAR(255),
    subscription VARCHAR(255),
    vm_id VARCHAR(255),
    valid_from DATETIME(6) NOT NULL,
    valid_until DATETIME(6),
    reason LONGTEXT NOT NULL,
    CONSTRAINT vmsync_order_kinds CHECK (kind IN ('HOLD', 'OVERRIDE', 'ANNOUNCEMENT', 'PAUSE'))
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which replica is seated, and what each is at: ShedLock's table, by the database's clock.
CREATE TABLE IF NOT EXISTS vmsync_lock (
    name VARCHAR(255) PRIMARY KEY,
    lock_until DATETIME(3) NOT NULL,
    locked_at DATETIME(3) NOT NULL,
    locked_by VARCHAR(255) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the replica on a seat was built with: whoever would take another seat is compared with it.
CREATE TABLE IF NOT EXISTS vmsync_setting (
    seat VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    content LONGTEXT NOT NULL,
    PRIMARY KEY (seat, name)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Every verdict with both sides' evidence, oldest first by seq. Each row is a link of the chain of its session or, if it has none, of
-- its VM; its hash covers the row and the hash of the link before it. JdbcAudit verifies them.
CREATE TABLE IF NOT EXISTS vmsync_audit (
    seq BIGINT AUTO_INCREMENT PRIMARY KEY,
    decided_at DATETIME(3) NOT NULL,
    cycle_id VARCHAR(255) NOT NULL,
    vm_id VARCHAR(255) NOT NULL,
    session_id VARCHAR(255),
    cloud VARCHAR(64) NOT NULL,
    tenant VARCHAR(255) NOT NULL,
    principal VARCHAR(255) NOT NULL,
    subscription VARCHAR(255) NOT NULL,
    rule_id VARCHAR(255) NOT NULL,
    rule_mode VARCHAR(16) NOT NULL,
    because LONGTEXT NOT NULL,
    believed VARCHAR(32) NOT NULL,
    session_status VARCHAR(32),
    observed VARCHAR(16) NOT NULL,
    power_state VARCHAR(32),
    provisioning VARCHAR(32),
    machine_uid VARCHAR(1024),
    up_since DATETIME(6),
    missing_code VARCHAR(1024),
    unknown_cause VARCHAR(64),
    unknown_detail LONGTEXT,
    read_kind VARCHAR(16) NOT NULL,
    sent_at DATETIME(3) NOT NULL,
    request_id VARCHAR(1024),
    effects LONGTEXT NOT NULL,
    held_reason VARCHAR(32),
    held_until DATETIME(3),
    held_released_by VARCHAR(32),
    chain VARCHAR(300) NOT NULL,
    link BIGINT NOT NULL,
    hash VARCHAR(80) NOT NULL,
    CONSTRAINT vmsync_audit_link UNIQUE (chain, link),
    INDEX vmsync_audit_session (session_id, seq),
    INDEX vmsync_audit_vm (vm_id, seq)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How long each chain of the audit is and the hash of its last link; kept_from is the first link that retention has left, base the
-- hash of the one before it.
CREATE TABLE IF NOT EXISTS vmsync_audit_chain (
    chain VARCHAR(300) PRIMARY KEY,
    length BIGINT NOT NULL,
    head VARCHAR(80) NOT NULL,
    kept_from BIGINT NOT NULL,
    base VARCHAR(80) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The backend's own tables, in MySQL's and MariaDB's dialect. Times are those of UTC, in columns without a zone; no table has a version.

CREATE TABLE IF NOT EXISTS vm_instances (
    id VARCHAR(255) PRIMARY KEY,
    vm_name VARCHAR(255),
    status VARCHAR(50) NOT NULL,
    azure_subscription_id VARCHAR(255),
    azure_tenant_id VARCHAR(255),
    azure_client_id VARCHAR(255),
    azure_client_secret VARCHAR(255),
    azure_resource_group VARCHAR(255),
    azure_resource_id VARCHAR(500),
    current_session_id VARCHAR(255),
    current_project_id VARCHAR(255),
    last_started DATETIME(6),
    last_stopped DATETIME(6),
    last_sync_time DATETIME(6),
    updated_at DATETIME(6)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS vm_sessions (
    id VARCHAR(255) PRIMARY KEY,
    vm_instance_id VARCHAR(255),
    project_id VARCHAR(255),
    status VARCHAR(50) NOT NULL,
    start_time DATETIME(6),
    end_time DATETIME(6),
    last_heartbeat DATETIME(6),
    duration_seconds BIGINT,
    credits_used DOUBLE PRECISION,
    billing_transaction_id VARCHAR(255),
    termination_reason VARCHAR(255),
    vm_ip_address VARCHAR(45),
    vm_port INTEGER,
    connection_url VARCHAR(500),
    updated_at DATETIME(6)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS billing_transactions (
    id VARCHAR(255) PRIMARY KEY,
    session_id VARCHAR(255) NOT NULL,
    seconds BIGINT NOT NULL,
    credits DOUBLE PRECISION NOT NULL
) ENGINE = InnoDB;

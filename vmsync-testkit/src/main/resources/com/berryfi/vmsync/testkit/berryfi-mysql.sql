-- The two tables of the BerryFi backend that vmsync works on, in MySQL's and MariaDB's dialect; other columns of theirs are left out.
-- Times are LocalDateTime columns without a zone. There is no foreign key: rows are deleted independently.

CREATE TABLE vm_instances (
    id VARCHAR(255) PRIMARY KEY,
    vm_name VARCHAR(255),
    vm_type VARCHAR(100),
    status VARCHAR(50) NOT NULL,
    azure_subscription_id VARCHAR(255),
    azure_tenant_id VARCHAR(255),
    azure_client_id VARCHAR(255),
    azure_client_secret VARCHAR(255),
    azure_resource_group VARCHAR(255),
    azure_resource_id VARCHAR(500),
    ip_address VARCHAR(45),
    port INTEGER,
    connection_url VARCHAR(500),
    current_session_id VARCHAR(255),
    current_project_id VARCHAR(255),
    last_started DATETIME(6),
    last_stopped DATETIME(6),
    last_sync_time DATETIME(6),
    created_at DATETIME(6),
    updated_at DATETIME(6)
);

CREATE INDEX idx_vm_instances_subscription ON vm_instances (azure_subscription_id, id);

CREATE TABLE vm_sessions (
    id VARCHAR(255) PRIMARY KEY,
    vm_instance_id VARCHAR(255),
    project_id VARCHAR(255),
    user_id VARCHAR(255),
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
    created_at DATETIME(6),
    updated_at DATETIME(6)
);

CREATE INDEX idx_vm_sessions_vm ON vm_sessions (vm_instance_id, status);
CREATE INDEX idx_vm_sessions_status ON vm_sessions (status);

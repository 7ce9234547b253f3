-- The authorization server's store, for H2 (PostgreSQL mode) and PostgreSQL. Running it again changes nothing.
-- Every time is in seconds since the epoch unless its name says otherwise. Secrets are hashes.

CREATE TABLE IF NOT EXISTS store_version (
  version INTEGER NOT NULL PRIMARY KEY
);

-- What DynamoDB keeps in the table "registry".

-- As ClientDocument writes it, so that a client can be compared with what somebody saw of it.
CREATE TABLE IF NOT EXISTS registered_client (
  client_id VARCHAR NOT NULL PRIMARY KEY,
  document VARCHAR NOT NULL
);
-- 9999-12-31 for one that does not end by itself.
ALTER TABLE registered_client ADD COLUMN IF NOT EXISTS expires_at BIGINT DEFAULT 253402300799 NOT NULL;
-- Its place before clients could be registered by developers; it held the demo apps alone.
DROP TABLE IF EXISTS client;

CREATE TABLE IF NOT EXISTS account (
  username VARCHAR NOT NULL PRIMARY KEY,
  subject VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  password_hash VARCHAR NOT NULL,
  fhir_user VARCHAR NOT NULL
);

CREATE INDEX IF NOT EXISTS account_by_subject ON account (subject);

CREATE TABLE IF NOT EXISTS patient_access (
  username VARCHAR NOT NULL,
  position_in_list INTEGER NOT NULL,
  patient_id VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  birth_date VARCHAR NOT NULL,
  relationship VARCHAR NOT NULL,
  PRIMARY KEY (username, position_in_list)
);

CREATE TABLE IF NOT EXISTS wrapped_token_key (
  key_id INTEGER NOT NULL PRIMARY KEY,
  wrapped BYTEA NOT NULL
);
-- Not above, for stores that were made when there was only one key.
ALTER TABLE wrapped_token_key ADD COLUMN IF NOT EXISTS usable_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE wrapped_token_key ADD COLUMN IF NOT EXISTS retired_at BIGINT;

CREATE TABLE IF NOT EXISTS wrapped_key (
  key_use VARCHAR NOT NULL PRIMARY KEY,
  wrapped BYTEA NOT NULL
);

CREATE TABLE IF NOT EXISTS signing_schedule (
  id INTEGER NOT NULL PRIMARY KEY,
  schedule VARCHAR NOT NULL
);

-- What DynamoDB keeps in the table "ephemeral".

CREATE TABLE IF NOT EXISTS sign_in_attempts (
  account VARCHAR NOT NULL PRIMARY KEY,
  attempts INTEGER NOT NULL,
  last_attempt_millis BIGINT NOT NULL
);

-- Whatever may be used once: the ids of client assertions and DPoP proofs.
CREATE TABLE IF NOT EXISTS used_identifier (
  identifier VARCHAR NOT NULL PRIMARY KEY,
  used_by VARCHAR NOT NULL,
  keep_until BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS initial_access_token (
  token_hash VARCHAR NOT NULL PRIMARY KEY,
  label VARCHAR NOT NULL,
  identity_level VARCHAR NOT NULL,
  scopes VARCHAR NOT NULL,
  backend_services BOOLEAN NOT NULL,
  expires_at BIGINT NOT NULL,
  uses_left INTEGER NOT NULL,
  used_by VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS request_count (
  caller VARCHAR NOT NULL,
  window_end BIGINT NOT NULL,
  requests BIGINT NOT NULL,
  PRIMARY KEY (caller, window_end)
);

CREATE TABLE IF NOT EXISTS browser_session (
  handle VARCHAR NOT NULL PRIMARY KEY,
  username VARCHAR NOT NULL,
  authenticated_at BIGINT NOT NULL,
  idle_expires_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);
ALTER TABLE browser_session ADD COLUMN IF NOT EXISTS assurance VARCHAR;

-- Its parameters as a query string, without what the app authenticated with.
CREATE TABLE IF NOT EXISTS pushed_request (
  handle VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  parameters VARCHAR NOT NULL,
  expires_at BIGINT NOT NULL,
  used_by VARCHAR
);

-- An app that the EHR opened; what for is a JSON document.
CREATE TABLE IF NOT EXISTS app_launch (
  handle VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  document VARCHAR NOT NULL,
  expires_at BIGINT NOT NULL,
  used_by VARCHAR
);

-- A browser at the sign-in page of the team's own; what for is a JSON document, and so is who signed in.
CREATE TABLE IF NOT EXISTS sign_in_handle (
  handle VARCHAR NOT NULL PRIMARY KEY,
  document VARCHAR NOT NULL,
  code VARCHAR,
  result VARCHAR,
  expires_at BIGINT NOT NULL,
  used_by VARCHAR
);

CREATE TABLE IF NOT EXISTS pending_authorization (
  handle VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  redirect_uri VARCHAR NOT NULL,
  scopes VARCHAR NOT NULL,
  client_state VARCHAR NOT NULL,
  code_challenge VARCHAR NOT NULL,
  nonce VARCHAR,
  login_hint VARCHAR,
  browser VARCHAR NOT NULL,
  username VARCHAR,
  subject VARCHAR,
  authenticated_at BIGINT,
  session_ends_at BIGINT,
  patient VARCHAR,
  expires_at BIGINT NOT NULL,
  decided BOOLEAN NOT NULL
);

ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS dpop_jkt VARCHAR;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS ehr_launch VARCHAR;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS ui_locales VARCHAR;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS sign_in_not_before BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS ask_again BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS expected_subject VARCHAR;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS no_page BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS encounter VARCHAR;
ALTER TABLE pending_authorization ADD COLUMN IF NOT EXISTS assurance VARCHAR;

CREATE TABLE IF NOT EXISTS authorization_code (
  code_hash VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  redirect_uri VARCHAR NOT NULL,
  code_challenge VARCHAR NOT NULL,
  nonce VARCHAR,
  scopes VARCHAR NOT NULL,
  patient VARCHAR,
  subject VARCHAR NOT NULL,
  fhir_user VARCHAR NOT NULL,
  authenticated_at BIGINT NOT NULL,
  session_ends_at BIGINT NOT NULL,
  family_id VARCHAR NOT NULL,
  expires_at BIGINT NOT NULL,
  redeemed_by VARCHAR
);
ALTER TABLE authorization_code ADD COLUMN IF NOT EXISTS browser_session VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE authorization_code ADD COLUMN IF NOT EXISTS dpop_jkt VARCHAR;
ALTER TABLE authorization_code ADD COLUMN IF NOT EXISTS launch_details VARCHAR;
-- 9999-12-31 for access that ends as the policy has it.
ALTER TABLE authorization_code ADD COLUMN IF NOT EXISTS access_ends_at BIGINT DEFAULT 253402300799 NOT NULL;
ALTER TABLE authorization_code ADD COLUMN IF NOT EXISTS assurance VARCHAR;

-- What DynamoDB keeps in the table "families".

CREATE TABLE IF NOT EXISTS family (
  family_id VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  family_state VARCHAR NOT NULL,
  generation INTEGER NOT NULL,
  current_hash VARCHAR NOT NULL,
  previous_hash VARCHAR,
  key_id INTEGER NOT NULL,
  rotated_at BIGINT NOT NULL,
  idle_expires_at BIGINT NOT NULL,
  absolute_expires_at BIGINT NOT NULL,
  request_id VARCHAR NOT NULL,
  retried_generation INTEGER NOT NULL,
  retry_streak INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  revoked_because VARCHAR,
  keep_until BIGINT NOT NULL
);

ALTER TABLE family ADD COLUMN IF NOT EXISTS dpop_jkt VARCHAR;

CREATE TABLE IF NOT EXISTS family_grant (
  family_id VARCHAR NOT NULL PRIMARY KEY,
  client_id VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  fhir_user VARCHAR NOT NULL,
  scopes VARCHAR NOT NULL,
  patient VARCHAR,
  authenticated_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
ALTER TABLE family_grant ADD COLUMN IF NOT EXISTS browser_session VARCHAR;
ALTER TABLE family_grant ADD COLUMN IF NOT EXISTS launch_details VARCHAR;
CREATE INDEX IF NOT EXISTS family_grant_by_subject ON family_grant (subject, client_id, family_id);

-- What was taken back all at once: of a subject, an app, an app of a subject, or a browser session.
CREATE TABLE IF NOT EXISTS cutoff (
  holder_kind VARCHAR NOT NULL,
  holder VARCHAR NOT NULL,
  cut_at BIGINT NOT NULL,
  keep_until BIGINT NOT NULL,
  PRIMARY KEY (holder_kind, holder)
);

-- What KMS keeps on AWS. Private keys in the clear: for the sandbox only.

CREATE TABLE IF NOT EXISTS local_kms_key (
  key_name VARCHAR NOT NULL PRIMARY KEY,
  key_id VARCHAR NOT NULL UNIQUE,
  key_spec VARCHAR NOT NULL,
  secret_material BYTEA NOT NULL,
  public_material BYTEA
);

-- Which of the sandbox's people were registered, by a hash of what was registered.

CREATE TABLE IF NOT EXISTS seeded_account (
  username VARCHAR NOT NULL PRIMARY KEY,
  fingerprint VARCHAR NOT NULL
);

package io.consigne.core.db;

/** The contract, held by PostgreSQL. */
class PostgresContractTest extends DatabaseContract {
  private final PostgresAddress address = TestDatabases.newPostgresAddress();

  @Override
  Database open() {
    return Databases.postgres(address);
  }
}

"""As much of Airflow as a DAG needs to be built; every task of it is kept in its order."""

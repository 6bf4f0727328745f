-- Who made a source system or gave it its token, however long ago, is no second person for what it asks.
create index audit_event_client on audit_event ((detail ->> 'clientId'))
  where action in ('client.added', 'client.changed', 'client.token_replaced');

-- When a correction fails, the update beyond the limit that was granted for it is taken back.
create index change_request_granted on change_request (transaction_id) where extra_update;

// Delivery reports into a storage queue: no public door. Needs the topic's right to send, so it comes after roles.bicep.
param topicName string
param storageName string
param queueName string

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: storageName }
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = { name: topicName }

resource reports 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'email-delivery'
  properties: {
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: { resourceId: storage.id, queueName: queueName, queueMessageTimeToLiveInSeconds: 604800 }
      }
    }
    // What arrived needs nothing; most letters do.
    filter: {
      includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived']
      advancedFilters: [{ operatorType: 'StringNotIn', key: 'data.status', values: ['Delivered', 'Expanded'] }]
    }
    eventDeliverySchema: 'EventGridSchema'
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}

// Feedbacks, tasks and letters (a table), nudges and delivery reports (queues), and the program's package (a container). Keys are refused: identities only.
param name string
param location string
param tags object
@allowed(['Standard_ZRS', 'Standard_LRS'])
param redundancy string

var containerName = 'app-package'

resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: redundancy }
  kind: 'StorageV2'
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { deleteRetentionPolicy: { enabled: true, days: 7 } }
    resource package 'containers' = {
      name: containerName
      properties: { publicAccess: 'None' }
    }
  }

  // The host makes a poison queue only when it needs it; the sweep looks into all of them, so they are there from the start.
  resource queues 'queueServices' = {
    name: 'default'
    resource nudges 'queues' = { name: 'nudges' }
    resource nudgesPoison 'queues' = { name: 'nudges-poison' }
    resource reports 'queues' = { name: 'delivery-reports' }
    resource reportsPoison 'queues' = { name: 'delivery-reports-poison' }
  }

  resource tables 'tableServices' = {
    name: 'default'
    resource rows 'tables' = { name: 'FeedbackFlow' }
  }
}

output name string = storage.name
output packageContainer string = containerName
output reportsQueue string = storage::queues::reports.name
output tables string = storage.properties.primaryEndpoints.table
output queues string = storage.properties.primaryEndpoints.queue

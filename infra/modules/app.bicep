// The program as a custom handler on Flex Consumption. Every setting here is read by the program or by the Functions host, and every one it needs is here.
param token string
param location string
param tags object
param identityName string
param storageName string
param packageContainer string
param insightsName string
param vaultName string
param publicUrl string
param languageEndpoint string
param languageUse string
param emailEndpoint string
param emailFrom string
param emailPerMinute int
param emailPerHour int
param smtpHost string
param smtpPort int
param smtpFrom string
param smtpUser string
param vaultedWebhooks string[]
param channels string
param textsAccount string
param textsUser string
param textsFrom string
param textsWhatsAppFrom string
param textsWhatsAppTemplate string
param textsEndpoint string
param textsPerMinute int
param textsPerHour int
param otlpEndpoint string
param alwaysReady int
param maximumInstanceCount int
param instanceMemoryMB int

var ownUrl = 'https://${app.properties.defaultHostName}'
var passwordReference = '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=smtp-password)'
// Resolved by the platform with the program's identity: the program reads settings and knows no vault.
var webhookReferences = toObject(vaultedWebhooks, hook => 'WebhookSecrets__${hook}', hook => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=webhook-${hook})')
var textsReference = '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=texts-secret)'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = { name: identityName }
resource storage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = { name: storageName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      runtime: { name: 'custom', version: '1.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady > 0 ? [{ name: 'http', instanceCount: alwaysReady }] : []
      }
    }
    siteConfig: { minTlsVersion: '1.2' }
  }
}

// An empty one counts as not given.
resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(webhookReferences, {
    // Read by the Functions host.
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__blobServiceUri: storage.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: storage.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: storage.properties.primaryEndpoints.table
    // Nobody needs the host's own page at the root.
    AzureWebJobsDisableHomepage: 'true'
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    // Read by the program.
    AZURE_CLIENT_ID: identity.properties.clientId
    PublicUrl: empty(publicUrl) ? ownUrl : publicUrl
    Storage__Tables: storage.properties.primaryEndpoints.table
    Storage__Queues: storage.properties.primaryEndpoints.queue
    Language__Endpoint: languageEndpoint
    Language__Use: languageUse
    Email__Endpoint: emailEndpoint
    Email__From: emailFrom
    Email__PerMinute: string(emailPerMinute)
    Email__PerHour: string(emailPerHour)
    Smtp__Host: smtpHost
    Smtp__Port: string(smtpPort)
    Smtp__From: smtpFrom
    Smtp__User: smtpUser
    Smtp__Password: empty(smtpUser) ? '' : passwordReference
    Channels: channels
    Texts__Account: textsAccount
    Texts__User: textsUser
    Texts__Secret: empty(textsAccount) ? '' : textsReference
    Texts__From: textsFrom
    Texts__WhatsAppFrom: textsWhatsAppFrom
    Texts__WhatsAppTemplate: textsWhatsAppTemplate
    Texts__Endpoint: textsEndpoint
    Texts__PerMinute: string(textsPerMinute)
    Texts__PerHour: string(textsPerHour)
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
  })
}

output name string = app.name
output publicUrl string = empty(publicUrl) ? ownUrl : publicUrl

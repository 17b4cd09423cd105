#!/bin/sh
# Makes the function app's package, puts it there and says what comes next: publish.sh RESOURCE_GROUP FUNCTION_APP TABLES_ENDPOINT QUEUES_ENDPOINT. Needs the .NET SDK, zip, and az that is signed in (az login).
set -eu
group=${1:?resource group} app=${2:?function app} tables=${3:?tables endpoint} queues=${4:?queues endpoint}
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish src/FeedbackFlow.App -p:PublishProfile=FunctionApp -o "$work/package"
# zip keeps the executable bit, which the host needs to start the program.
(cd "$work/package" && zip -q -r "$work/package.zip" .)
# azd names the subscription it deployed to; without it the one that az has chosen is meant.
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$work/package.zip" ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"}
cat <<NEXT

The program is there. Add the first business from this machine, with your own sign-in (a new role may take some minutes to work):

  export Storage__Tables=$tables Storage__Queues=$queues
  dotnet run --project src/FeedbackFlow.App -- business add north --name "North Air" --language en --zone Europe/London
  dotnet run --project src/FeedbackFlow.App -- person add north --name "Sam Reed" --email sam@example.com --role manager
  dotnet run --project src/FeedbackFlow.App -- key add north --label website
NEXT
